"""What ``read`` is made of: from files of many formats, packed or not, to the fields of an article."""
