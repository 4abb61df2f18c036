/** Small drawings in the line of the text, 24 × 24 units, in the text's colour. They never carry meaning alone. */

const drawings = {
  search: 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l4.5 4.5',
  down: 'M6 9l6 6l6-6',
  left: 'M15 5l-7 7l7 7',
  right: 'M9 5l7 7l-7 7',
  rising: 'M12 19V5M6 11l6-6l6 6',
  falling: 'M12 5v14M6 13l6 6l6-6',
  download: 'M12 4v11M7 10.5l5 5l5-5M4.5 20h15',
  page: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5',
  form: 'M4 6h16v12H4zM4 7l8 6l8-6',
  bolt: 'M13 3L5 13.5h6L10.5 21L19 10h-6.5z',
  link: 'M10 5H5v14h14v-5M13 4h7v7M20 4l-9 9',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 20.5a7.5 7.5 0 0 1 15 0',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  plus: 'M12 5v14M5 12h14',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  warning: 'M12 4L21 20H3zM12 10v4.5M12 17.2v.1',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  calendar: 'M4 6h16v14H4zM4 10.5h16M8.5 3.5v4M15.5 3.5v4',
  phone:
    'M6 3.5h3l1.5 4.5l-2 1.5a11 11 0 0 0 6 6l1.5-2l4.5 1.5v3a2 2 0 0 1-2.2 2A16.5 16.5 0 0 1 4 5.7a2 2 0 0 1 2-2.2',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7M2.5 20a6.5 6.5 0 0 1 13 0M16 5.5a3.5 3.5 0 0 1 0 6.3M18 14.5a6.5 6.5 0 0 1 3.5 5.5',
  screen: 'M3.5 5h17v11h-17zM9 20h6M12 16v4',
  ticket: 'M4 7h16v3.5a1.8 1.8 0 0 0 0 3.5V17H4v-3a1.8 1.8 0 0 0 0-3.5zM14 7v10',
  coin: 'M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16M14.5 9.5h-3.5a1.6 1.6 0 0 0 0 3h2a1.6 1.6 0 0 1 0 3H9.5M12 7.5v9',
  mail: 'M4 6h16v12H4zM4 7l8 6l8-6',
  chat: 'M4 5h16v11h-9l-4.5 4v-4H4z',
  upload: 'M12 15V4M7 8.5L12 4l5 4.5M4.5 20h15',
  building: 'M5 21V4h9v17M14 10h5v11M3 21h18M8.5 8h2M8.5 12h2M8.5 16h2',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}
