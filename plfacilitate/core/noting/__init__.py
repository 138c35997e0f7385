"""What observers type: texts read as answers, students by number, words that judge or name. Never writes anything."""
