"""The publication: from an editor's desk through the press to the reader. README.md in this folder is the map."""
