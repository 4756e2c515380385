const isTerminal = Boolean(process.stdout.isTTY) && !process.env.CI;
process.stdout.on("error", () => {}); // the terminal may be gone while services still have to be stopped

const print = (line) => process.stdout.write(`${line}\n`);
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs one step and prints its name with the time it took; a terminal sees the time run while it works.
 * `work` is given `progress(text)`; a text it answers, or the `note` of an object, is printed beside the name.
 */
export async function step(name, work) {
  const since = performance.now();
  let note = "";
  const draw = () =>
    process.stdout.write(`\r\x1b[2K  … ${name} ${note} ${seconds(since)}`.slice(0, process.stdout.columns));
  const timer = isTerminal ? setInterval(draw, 250) : undefined;
  const progress = (text) => {
    if (isTerminal) note = text;
    else if (text !== note) print(`    ${(note = text)}`);
  };
  if (!isTerminal) print(`  … ${name}`);
  const close = (mark, text) => {
    clearInterval(timer);
    if (isTerminal) process.stdout.write("\r\x1b[2K");
    print(`  ${mark} ${name}${text ? ` · ${text}` : ""}  ${seconds(since)}`);
  };
  try {
    const answer = await work(progress);
    close("✓", typeof answer === "string" ? answer : answer?.note);
    return answer;
  } catch (error) {
    close("✗", "");
    throw error;
  }
}

/** What to show of an error that ends a command: problems of the machine are one message, faults of ours keep their stack. */
export const describeProblem = (error) =>
  error instanceof TypeError || error instanceof ReferenceError
    ? error.stack
    : String(error?.message ?? error);
