"""What subcommands stand on: their base, the refusal of mistyped words, the program itself."""
