import type { FC, ReactNode } from 'react';
type Props<T extends object = {}> = { readonly items: T[]; render?: (item: T, index?: number) => ReactNode } & JSX.IntrinsicElements['div'];
export const List = <T extends object,>({ items, render = String as never, ...rest }: Props<T>): ReactNode => (
  <ul {...rest}>{items.map((item, index) => <li key={index}>{render!(item, index)}</li>)}</ul>
);
const generic = <Generic<string, number> value={1 satisfies number} />;
const f = async <T,>(x: T): Promise<T> => await x;
@decorated() export class View<P> extends Component<P> implements Renderable {
  constructor(@inject('a') private readonly a: string, protected b?: Map<string, Array<number>>) { super() }
  declare state: State; static override accessor count = 0; private static x?: number; z!: string
  render(this: View<P>): FC;
  render(): any { return <>{this.a} &#x1F600; &amp; {...this.b}</> }
}
export namespace A.B { export const enum E { A = 1 << 2, B = `x`.length } }
declare global { interface Window { [key: `data-${string}`]: unknown; get size(): number; new (x: any): Window; <T>(x: T): asserts x is NonNullable<T> } }
abstract class Q { abstract m(): void; protected abstract get g(): string; abstract accessor p: number }
type M = { -readonly [K in keyof Props as `get${K & string}`]+?: Props[K] extends (infer U extends string)[] ? U : never };
let tuple: [first: string, second?: number, ...rest: boolean[]], fn: new (...args: any[]) => object, u: unique symbol, i: typeof import('x');
