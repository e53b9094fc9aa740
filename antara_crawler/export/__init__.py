"""Takes articles elsewhere: tables and lines of their records, packages of their raw pages."""
