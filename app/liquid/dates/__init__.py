"""Days and times, read from whatever people write and written in any form, as Ruby does both."""
