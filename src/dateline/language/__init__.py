"""What every part of dateline knows of English, said once."""
