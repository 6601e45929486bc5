const page = <>
  <Head title="a &amp; b" {...rest} on-click={() => <b/>} xlink:href='x' flag />
  {/* nothing */}
  {items.map((item) => <li key={item.id}>{item.name} &lt; {`t ${1}`} &#xe9; text &unknown; </li>)}
  <a.b.c.d>{spread}</a.b.c.d>
  <x:y>
    lines of text
  </x:y>
</>;
const compared = a < b > c, element = <div className="a
b">{ }</div>;
