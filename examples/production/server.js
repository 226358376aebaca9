// A guest book: GET / shows the lines people left, POST / leaves one.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import pg from "pg";

// the password comes as a file: a variable would show in `docker inspect` and in every crash report
const passwordFile = process.env.PGPASSWORD_FILE;
const database = new pg.Pool({
  ...(passwordFile && { password: readFileSync(passwordFile, "utf8").trim() }),
  max: 10,
  connectionTimeoutMillis: 5_000,
});
database.on("error", (error) => console.error("a connection to the database broke", error.message));

let ready = false;
let stopping = false;

const server = createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

async function answer(request, response) {
  // alive: the process answers. ready: it may be sent requests
  if (request.url === "/healthz") return response.writeHead(200).end("alive");
  if (request.url === "/readyz") return response.writeHead(ready && !stopping ? 200 : 503).end();
  if (request.method === "POST") {
    let body = "";
    for await (const chunk of request) {
      body += chunk;
      if (body.length > 2_000) return response.writeHead(413).end();
    }
    await database.query("insert into lines (text) values ($1)", [body]);
    return response.writeHead(201).end();
  }
  const { rows } = await database.query("select text, at from lines order by at desc limit 100");
  return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(rows));
}

async function prepare() {
  try {
    await database.query(
      "create table if not exists lines (id serial primary key, text text not null, at timestamptz default now())",
    );
    ready = true;
  } catch (error) {
    console.error("the database is not there yet:", error.message);
    if (!stopping) setTimeout(prepare, 2_000);
  }
}

// asked to stop: take no new requests, answer the open ones, then go
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    stopping = true;
    server.close(() => database.end().finally(() => process.exit(0)));
    server.closeIdleConnections();
  });
}

server.listen(Number(process.env.PORT ?? 3000), () => console.log("listening"));
await prepare();
