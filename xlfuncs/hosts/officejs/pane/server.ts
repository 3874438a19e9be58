// Requests of the pane to the server, other than calls of functions.
export async function request<Answer>(path: string, body: object): Promise<Answer> {
  const isFile = body instanceof Blob;
  const kind = isFile ? "application/octet-stream" : "application/json";
  const response = await xlfuncs.post(path, isFile ? body : JSON.stringify(body), kind).catch(() => {
    throw new Error("The xlfuncs server does not answer; start it with: xlfuncs serve.");
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
