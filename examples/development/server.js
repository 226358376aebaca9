// A guest book: GET / shows the lines people left, POST / leaves one.
import { createServer } from "node:http";
import pg from "pg";

const database = new pg.Pool();
await database.query("create table if not exists lines (id serial primary key, text text not null, at timestamptz default now())");

const server = createServer(async (request, response) => {
  if (request.method === "POST") {
    let body = "";
    for await (const chunk of request) body += chunk;
    await database.query("insert into lines (text) values ($1)", [body]);
    response.writeHead(201).end();
    return;
  }
  const { rows } = await database.query("select text, at from lines order by at desc limit 100");
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
});

server.listen(3000, () => console.log("listening on port 3000"));
