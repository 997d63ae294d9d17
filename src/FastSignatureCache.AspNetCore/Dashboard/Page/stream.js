// The stream of snapshots. EventSource comes back by itself after a cut; an answer that is no stream ends it, so it is opened anew then.
const patience = 4_000;
const pause = 3_000;

export function listen(onSnapshot, onState) {
  let source = null;
  let opened = 0;
  let heard = 0;

  const open = () => {
    source?.close();
    opened = Date.now();
    source = new EventSource('api/metrics/stream');
    source.addEventListener('metrics', event => {
      heard = Date.now();
      onState('live');
      onSnapshot(Number(event.lastEventId), JSON.parse(event.data));
    });
    source.addEventListener('error', () => onState('lost'));
  };

  open();
  setInterval(() => {
    const silence = Date.now() - Math.max(heard, opened);
    if (silence > patience) onState('lost');
    const isOver = source.readyState === EventSource.CLOSED || source.readyState === EventSource.OPEN && silence > patience;
    if (isOver && Date.now() - opened > pause) open();
  }, 1_000);
}
