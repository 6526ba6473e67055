"""Files (文件) that the dispatch room reads and writes."""
