// Everything works without this file. It folds the menu on phones, moves to the error summary, and keeps progress fresh.

const toggle = document.querySelector('.ct-navigation__toggle');
if (toggle) {
  const navigation = toggle.closest('.ct-navigation');
  toggle.hidden = false;
  navigation.classList.add('ct-navigation--folded');
  toggle.addEventListener('click', () => {
    const folded = navigation.classList.toggle('ct-navigation--folded');
    toggle.setAttribute('aria-expanded', String(!folded));
  });
}

const summary = document.querySelector('.govuk-error-summary');
if (summary) {
  summary.tabIndex = -1;
  summary.focus();
}

const progress = document.querySelector('[data-progress]');
if (progress) {
  const follow = async () => {
    const answer = await fetch(progress.dataset.progress, { headers: { accept: 'application/json' } }).catch(
      () => undefined,
    );
    const state = answer?.ok ? await answer.json() : undefined;
    if (state?.finished) return location.reload();
    if (state) {
      const bar = progress.querySelector('progress');
      bar.max = state.total;
      bar.value = state.done;
      progress.querySelector('.ct-progress__share').textContent = `${Math.floor((100 * state.done) / state.total)}%`;
    }
    setTimeout(follow, 1000);
  };
  setTimeout(follow, 1000);
}
