import type { VsCodeApi } from "./vscodeApi.ts";

/** The same with the page's place among what survives a reload: so an editor tab finds its chat again. */
export function placedApi(api: VsCodeApi, place: string): VsCodeApi {
  const old = api.getState();
  const first = { draft: "", ...(typeof old === "object" ? old : {}), place };
  api.setState(first);
  return {
    postMessage: (message) => api.postMessage(message),
    getState: () => api.getState(),
    setState: (state) => {
      const placed = { ...state, place };
      api.setState(placed);
    },
  };
}
