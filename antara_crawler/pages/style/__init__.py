"""What elements and style sheets mean to a reader: what ends a line, what is shown nowhere."""
