"""What is known of words: their languages, stems and forms, and the sentences that they make up."""
