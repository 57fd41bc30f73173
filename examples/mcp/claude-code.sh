claude mcp add --transport http strudel http://127.0.0.1:3000/mcp
