// Compiles a Kaitai description to Python: `node compile.js DESCRIPTION FOLDER`, in a folder that has the packages.
"use strict";

const fs = require("fs");
const path = require("path");

const installed = (name) => require(require.resolve(name, { paths: [process.cwd()] }));

async function main([description, folder]) {
  const source = installed("js-yaml").load(fs.readFileSync(description, "utf8"));
  const imports = { importYaml: (name) => Promise.reject(new Error(`the description imports nothing, but ${name}`)) };
  const files = await installed("kaitai-struct-compiler").compile("python", source, imports, false);
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(folder, name), text);
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(String(error));
  process.exit(1);
});
