import type PDFDocument from 'pdfkit';

/** All measures are in points, 72 to the inch. */
export const PAGE = { left: 42, top: 46, width: 511, bottom: 790, foot: 806 };

export interface Style {
  font: 'Helvetica' | 'Helvetica-Bold';
  size: number;
}

/** Where the next line comes, and how wide letters are, which are asked of the library once each. */
export class Sheet {
  y = PAGE.top;
  private readonly widths = new Map<string, number>();

  constructor(readonly pdf: InstanceType<typeof PDFDocument>) {}

  get room(): number {
    return PAGE.bottom - this.y;
  }

  turn(): void {
    this.pdf.addPage();
    this.y = PAGE.top;
  }

  /** One line that is known to fit. With `right`, it ends at x instead of beginning there. */
  write(text: string, x: number, y: number, style: Style, right = false): void {
    if (text === '') return;
    this.pdf.font(style.font, style.size);
    const start = right ? x - this.pdf.widthOfString(text) : x;
    this.pdf.text(text, start, y, { lineBreak: false });
  }

  rule(weight: number): void {
    this.pdf
      .moveTo(PAGE.left, this.y)
      .lineTo(PAGE.left + PAGE.width, this.y)
      .lineWidth(weight)
      .stroke();
  }

  /** Breaks at spaces, and inside a word only where it is wider than the line. */
  wrap(text: string, width: number, style: Style): string[] {
    const lines: string[] = [];
    let line = '';
    let used = 0;
    const end = () => {
      if (line.trim() !== '') lines.push(line.trimEnd());
      [line, used] = ['', 0];
    };
    for (const word of text.match(/\S+\s*/g) ?? []) {
      if (used > 0 && used + this.widthOf(word.trimEnd(), style) > width) end();
      for (const letter of word) {
        const next = this.widthOf(letter, style);
        if (used + next > width && letter !== ' ') end();
        line += letter;
        used += next;
      }
    }
    end();
    return lines;
  }

  private widthOf(text: string, { font, size }: Style): number {
    let sum = 0;
    for (const letter of text) {
      const key = `${font} ${size} ${letter}`;
      let width = this.widths.get(key);
      if (width === undefined) {
        width = this.pdf.font(font, size).widthOfString(letter);
        this.widths.set(key, width);
      }
      sum += width;
    }
    return sum;
  }
}
