"""What people see of a report: the page, the terminal, and files for other programs."""
