// Sorts, filters and shows the tables of the report. All text from the tenant is set as text, never as markup.
(function () {
  'use strict';
  const slice = 100;
  const mostPrinted = 1000;
  const data = JSON.parse(document.getElementById('data').textContent);
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const number = new Intl.NumberFormat('en');
  const status = document.getElementById('status');

  // An element with attributes; children are elements or text.
  function make(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // A cell is a text, or a list: text, number to sort by, marked words, their tone.
  const textOf = cell => (typeof cell === 'string' ? cell : cell[0]);
  const sortOf = cell => (typeof cell === 'string' ? null : cell[1]);
  const markOf = cell => (typeof cell === 'string' ? undefined : cell[2]);
  const wordsOf = cell => (textOf(cell) + ' ' + (markOf(cell) || '')).trim();
  const valueOf = cell => markOf(cell) || textOf(cell);

  function compare(one, other) {
    const [a, b] = [sortOf(one), sortOf(other)];
    return a !== null && b !== null && a !== b ? a - b : collator.compare(wordsOf(one), wordsOf(other));
  }

  function listing(box) {
    const { columns, rows } = data.tables[box.dataset.table];
    const table = box.querySelector('table');
    const scroll = box.querySelector('.scroll');
    const body = table.tBodies[0];
    const lower = rows.map(row => row.map(wordsOf).join('\n').toLowerCase());
    const order = rows.map((_, i) => i);
    const choices = [];
    let shown = order;
    let drawn = body.rows.length;
    let sort = { column: -1, descending: false };

    const count = make('span', { class: 'count' });
    const search = make('input', { type: 'search', autocomplete: 'off', spellcheck: 'false' });
    const tools = make('div', { class: 'tools', role: 'search', 'aria-label': 'Filter: ' + table.caption.textContent }, make('label', {}, 'Filter', search));
    columns.forEach((column, i) => column.choice && addChoice(column, i));
    tools.append(count);
    box.prepend(tools);
    const rest = make('button', { type: 'button' });
    const left = make('p', { class: 'left' });
    box.append(rest, left);
    columns.forEach(addSort);

    search.addEventListener('input', () => refresh(true));
    scroll.addEventListener('scroll', () => {
      if (scroll.scrollTop + scroll.clientHeight > scroll.scrollHeight - 600) draw(slice);
    }, { passive: true });
    rest.addEventListener('click', () => {
      draw(Infinity);
      scroll.focus();
    });
    note();

    function addChoice(column, i) {
      const values = [...new Set(rows.map(row => valueOf(row[i])))].filter(value => value !== '').sort(collator.compare);
      if (values.length < 2 || values.length > 60) return;
      const list = make('select', {}, make('option', { value: '' }, 'All'));
      values.forEach((value, at) => list.append(make('option', { value: at + 1 }, value)));
      list.addEventListener('change', () => refresh(true));
      choices.push({ i, list, values });
      tools.append(make('label', {}, column.name, list));
    }

    function addSort(column, i) {
      const head = table.tHead.rows[0].cells[i];
      const button = make('button', { type: 'button' }, column.name);
      head.replaceChildren(button);
      button.addEventListener('click', () => {
        sort = { column: i, descending: sort.column === i && !sort.descending };
        for (const cell of table.tHead.rows[0].cells) cell.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
        refresh(false);
        status.textContent = 'Sorted by ' + column.name + ', ' + (sort.descending ? 'descending' : 'ascending');
      });
    }

    function refresh(isFilter) {
      const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
      const wanted = choices.filter(choice => choice.list.value !== '').map(choice => [choice.i, choice.values[choice.list.value - 1]]);
      shown = order.filter(i => words.every(word => lower[i].includes(word)) && wanted.every(([column, value]) => valueOf(rows[i][column]) === value));
      if (sort.column >= 0) {
        const sign = sort.descending ? -1 : 1;
        shown.sort((a, b) => sign * compare(rows[a][sort.column], rows[b][sort.column]) || a - b);
      }
      body.replaceChildren();
      drawn = 0;
      scroll.scrollTop = 0;
      draw(slice);
      if (isFilter) status.textContent = count.textContent;
    }

    function draw(more) {
      const end = Math.min(shown.length, drawn + more);
      if (end > drawn) {
        const part = document.createDocumentFragment();
        for (; drawn < end; drawn++) part.append(rowOf(rows[shown[drawn]]));
        body.append(part);
      }
      note();
    }

    function rowOf(row) {
      const line = document.createElement('tr');
      row.forEach((cell, i) => {
        const box = document.createElement(i === 0 ? 'th' : 'td');
        if (i === 0) box.scope = 'row';
        if (columns[i].kind) box.className = columns[i].kind;
        const mark = markOf(cell);
        box.textContent = textOf(cell) + (mark !== undefined && textOf(cell) ? ' ' : '');
        if (mark !== undefined) box.append(make('span', { class: 'mark ' + cell[3] }, mark));
        line.append(box);
      });
      return line;
    }

    function note() {
      count.textContent = shown.length === rows.length ? number.format(rows.length) + (rows.length === 1 ? ' row' : ' rows') : number.format(shown.length) + ' of ' + number.format(rows.length) + ' rows';
      table.setAttribute('aria-rowcount', shown.length + 1);
      rest.hidden = drawn >= shown.length;
      rest.textContent = 'Show all ' + number.format(shown.length) + ' rows';
    }

    // Paper does not scroll: the rows that the filter leaves are printed, or the first of very many.
    addEventListener('beforeprint', () => {
      if (drawn > mostPrinted) refresh(false);
      draw(mostPrinted - drawn);
      left.textContent = shown.length > drawn ? 'The first ' + number.format(drawn) + ' of ' + number.format(shown.length) + ' rows are printed. Filter the table to print others.' : '';
    });
  }

  function neighbours(box) {
    const { names, uses } = data.graph;
    const usedBy = names.map(() => []);
    uses.forEach((list, i) => list.forEach(used => usedBy[used].push(i)));
    const byName = new Map(names.map((name, i) => [name, i]));
    const options = make('datalist', { id: 'assets' }, ...names.map(name => make('option', { value: name })));
    const input = make('input', { list: 'assets', autocomplete: 'off' });
    const around = make('div', { class: 'around' });
    box.append(make('label', {}, 'Neighbours of', input), options, around);
    box.hidden = false;
    input.addEventListener('change', () => byName.has(input.value) && show(byName.get(input.value)));
    show(names.reduce((most, _, i) => (uses[i].length + usedBy[i].length > uses[most].length + usedBy[most].length ? i : most), 0));

    function show(chosen) {
      input.value = names[chosen];
      around.replaceChildren(side('Used by', usedBy[chosen]), make('div', { class: 'chosen' }, make('bdi', {}, names[chosen])), side('Uses', uses[chosen]));
      status.textContent = names[chosen] + ': used by ' + usedBy[chosen].length + ', uses ' + uses[chosen].length;
    }

    function side(title, list) {
      const items = list.map(i => {
        const button = make('button', { type: 'button' }, make('bdi', {}, names[i]));
        button.addEventListener('click', () => {
          show(i);
          input.focus();
        });
        return make('li', {}, button);
      });
      return make('div', {}, make('h3', {}, title + ' (' + number.format(list.length) + ')'), items.length ? make('ul', {}, ...items) : make('p', { class: 'empty' }, 'No asset'));
    }
  }

  function theme(button) {
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    const label = () => { button.textContent = isDark() ? 'Light colours' : 'Dark colours'; };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      label();
    });
    label();
    button.hidden = false;
  }

  document.querySelectorAll('.listing').forEach(listing);
  if (data.graph) document.querySelectorAll('.neighbours').forEach(neighbours);
  theme(document.getElementById('theme'));
  status.textContent = '';
})();
