"""A small site of articles made with Wagtail, as its tutorial would make one. Its virtualenv is its own."""
