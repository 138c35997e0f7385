/* Makes every fsync and fdatasync of a process SLOW_MICROSECONDS slower: preload it, and a fast disk is an ordinary one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static int slow(const char *name, int file)
{
    const char *text = getenv("SLOW_MICROSECONDS");
    long micros = text ? atol(text) : 0;
    struct timespec pause = {micros / 1000000, (micros % 1000000) * 1000};
    nanosleep(&pause, 0);
    return ((sync_call)dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file) { return slow("fsync", file); }
int fdatasync(int file) { return slow("fdatasync", file); }
