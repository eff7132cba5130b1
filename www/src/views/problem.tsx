/** What is wrong with what was written, as the form or the service says it. */
export function Problem({ text }: { text: string | undefined }) {
  return (
    <p class="error problem" role="alert">
      {text}
    </p>
  );
}
