"""Other people's archives become drafts here: files in, `Article` rows and a full account out. Nothing is published."""
