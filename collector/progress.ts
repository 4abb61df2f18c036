/** A progress bar on stderr: one line that fills on a terminal, a line now and then where output is kept. */

const width = 32;
/** Where nobody watches the line change, how far it must get before it is said again. */
const stepShare = 0.1;

export interface Progress {
  /** @param detail what to say behind the bar */
  update(done: number, total: number, detail: string): void;
  /** Leaves the last line standing. */
  end(): void;
}

export function createProgress(label: string, out: NodeJS.WriteStream = process.stderr): Progress {
  let saidShare = -1;
  let last = '';
  let isOpen = false;
  return {
    update(done, total, detail) {
      const share = total > 0 ? Math.min(done / total, 1) : 1;
      last = `${label} ${percent(share)} ${detail}\n`;
      if (out.isTTY) {
        const filled = Math.round(share * width);
        out.write(
          `\r${label} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent(share)} ${detail}\u001b[K`,
        );
        isOpen = true;
      } else if (share - saidShare >= stepShare) {
        saidShare = share;
        out.write(last);
        last = '';
      }
    },
    end() {
      if (isOpen) out.write('\n');
      else out.write(last);
      isOpen = false;
      last = '';
    },
  };
}

function percent(share: number): string {
  return `${Math.floor(share * 100)}%`.padStart(4);
}
