-- wrk's side of the load: a fresh form with every post, and every answer read.
-- Arguments: a file with one form a line, how many of its lines to pass over, what stands in every right answer.
local forms, at = {}, 0

function init(args)
  local number = 0
  for line in io.lines(args[1]) do
    number = number + 1
    if number > tonumber(args[2]) then forms[#forms + 1] = line end
  end
  wanted = args[3]
  wrong, first, used_up = 0, "", false
  wrk.method = "POST"
  wrk.path = "/in"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  at = at + 1
  if wanted == "" and at > #forms then at = 1 end
  return wrk.format(nil, nil, nil, forms[at] or "")
end

function response(status, headers, body)
  if at > #forms then
    used_up = true
    wrk.thread:stop()
  elseif (status ~= 200 or not string.find(body, wanted, 1, true)) then
    wrong = wrong + 1
    if first == "" then first = status .. " " .. string.sub(body, 1, 300) end
  end
end

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function done(summary, latency, requests)
  local wrongs, say = 0, ""
  for _, thread in ipairs(threads) do
    wrongs = wrongs + thread:get("wrong")
    say = thread:get("first")
    if thread:get("used_up") then wrongs = -1000000 end
  end
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
  io.write(string.format("\nRESULT %d %.6f %.6f %.6f %.6f %d %s\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e6, latency:percentile(99) / 1e6, latency.max / 1e6, wrongs + failed,
    string.gsub(say, "%s+", " ")))
end
