// bản xem trước của văn bản đang soạn
const paper = document.querySelector("canvas[data-preview]"), typed = paper && document.getElementById(paper.dataset.form);
if (paper) {
  let pause, asked;
  const draw = async () => {
    const data = new FormData(typed);
    for (const name of new Set(data.keys())) if (data.getAll(name).some(v => v instanceof File)) data.delete(name);
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(paper.dataset.preview, { method: "POST", body: data, signal: asked.signal });
      if (answer.status !== 200) return;
      const image = await createImageBitmap(await answer.blob());
      Object.assign(paper, { width: image.width, height: image.height });
      paper.getContext("2d").drawImage(image, 0, 0);
    } catch { /* the next key stroke asks again */ }
  };
  const soon = () => { clearTimeout(pause); pause = setTimeout(draw, 600); };
  typed.addEventListener("input", soon);
  typed.addEventListener("change", soon);
  draw();
}
