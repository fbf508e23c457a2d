"""The record: what git tells of the archive. The only room that runs git."""
