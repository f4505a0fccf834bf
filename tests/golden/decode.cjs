// Reads one file of printer bytes with the npos package and writes what it would print as a PBM.
// npos joins strips of different widths wrongly, so each strip it finds is decoded by itself.
"use strict";

const fs = require("fs");
const npos = require("npos");

const [file, width] = [process.argv[2], Number(process.argv[3])];

npos.parser().parse(fs.readFileSync(file)).then((found) => {
  if (found.error) throw new Error(String(found.error));
  const stride = width / 8;
  const rows = [];
  for (const entry of found.entries) {
    if (entry.type !== "raster") throw new Error(`the printer would also print: ${entry.type}`);
    for (const node of entry.nodes) {
      const strip = entry.codec.decode(found.raw, [node]);
      for (let y = 0; y < node.height; y++) {
        const row = Buffer.alloc(stride);
        for (let x = 0; x < node.width; x++) {
          if (strip.getPixel(x, y) === 0) row[x >> 3] |= 0x80 >> (x & 7);
        }
        rows.push(row);
      }
    }
  }
  fs.writeSync(1, Buffer.concat([Buffer.from(`P4\n${width} ${rows.length}\n`), ...rows]));
}).catch((error) => {
  console.error(error);
  process.exit(1);
});
