import { total, type CartLine } from "./cart";

export interface Order {
  id: number;
  customer: string;
  lines: CartLine[];
  paid: boolean;
  shippedOn?: string;
}

export function describeOrder(order: Order): string {
  var text = "Order " + order.id + " for " + order.customer + ": ";
  var amount = total(order.lines, 19);
  text = text + (amount / 100).toFixed(2) + " EUR";
  if (order.paid == true) {
    if (order.shippedOn != undefined) {
      text = text + ", shipped on " + order.shippedOn;
    } else {
      text = text + ", paid, waiting to be shipped";
    }
  } else {
    text = text + ", not paid yet";
  }
  return text;
}

export function openOrders(orders: Order[]): Order[] {
  const result: Order[] = [];
  orders.forEach(function (order) {
    if (!order.paid || order.shippedOn === undefined) {
      result.push(order);
    }
  });
  return result;
}
