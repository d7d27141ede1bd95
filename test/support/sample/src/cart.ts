export interface CartLine {
  name: string;
  unitPrice: number;
  quantity: number;
}

/** Sum of all lines, in cents. */
export function subtotal(lines: CartLine[]): number {
  let sum = 0;
  for (let i = 0; i < lines.length; i++) {
    sum = sum + lines[i].unitPrice * lines[i].quantity;
  }
  return sum;
}

/** Ten percent off from five pieces of one thing, fifteen from twenty. */
export function discount(line: CartLine): number {
  if (line.quantity >= 20) {
    return Math.round(line.unitPrice * line.quantity * 0.15);
  } else if (line.quantity >= 5) {
    return Math.round(line.unitPrice * line.quantity * 0.1);
  } else {
    return 0;
  }
}

export function total(lines: CartLine[], vatPercent: number): number {
  let net = subtotal(lines);
  for (let i = 0; i < lines.length; i++) {
    net = net - discount(lines[i]);
  }
  return net + Math.round((net * vatPercent) / 100);
}
