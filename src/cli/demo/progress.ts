// One small line on stderr that says where the demo is; nothing where stderr is no terminal.

export type Progress = { readonly say: (text: string) => void; readonly clear: () => void };

const SILENT: Progress = { say: () => undefined, clear: () => undefined };

export function progressOn(stream: NodeJS.WriteStream): Progress {
  if (!stream.isTTY) return SILENT;
  let shown = false;
  return {
    say: (text) => {
      shown = true;
      stream.write(`\r\u001b[K${text.slice(0, Math.max(0, stream.columns - 1))}`);
    },
    clear: () => {
      if (shown) stream.write("\r\u001b[K");
      shown = false;
    },
  };
}
