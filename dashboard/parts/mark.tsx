/** The sign of the house: a footlight and its beam. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path class="mark-beam" d="M12 10V3.5M7.2 10.8L4 5.2M16.8 10.8L20 5.2" />
      <path class="mark-lamp" d="M4 14h16a8 7.5 0 0 1-16 0z" />
    </svg>
  );
}
