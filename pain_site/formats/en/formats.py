"""American dates with the month as a word, so that nobody mistakes 3/4 for another day, and the 24-hour clock."""

DATE_FORMAT = "F j, Y"
SHORT_DATE_FORMAT = "M j, Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "F j, Y, H:i"
SHORT_DATETIME_FORMAT = "M j, Y, H:i"
MONTH_DAY_FORMAT = "F j"
FIRST_DAY_OF_WEEK = 0
