"""What machines are told about the pages: schema.org data inside them, and a record of trust beside each article."""
