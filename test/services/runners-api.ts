import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A runner as the REST API tells of it. */
export interface ApiRunner {
  readonly id: number;
  readonly name: string;
  readonly status?: "online" | "offline";
  readonly busy?: boolean;
  readonly labels?: readonly string[];
}

export interface ApiState {
  readonly repository?: readonly ApiRunner[];
  readonly organization?: readonly ApiRunner[];
  readonly groups?: Readonly<Record<string, readonly ApiRunner[]>>;
  /** Takes over a request: `true` when it was answered (or is to be left without an answer). */
  readonly fault?: (request: IncomingMessage, response: ServerResponse, count: number) => boolean;
}

export interface RunnersApi {
  readonly url: string;
  /** Paths and queries of all requests, in order. */
  readonly requests: readonly string[];
  readonly tokens: readonly (string | undefined)[];
  close(): Promise<void>;
}

const owner = "org";
const repo = "app";

/** The part of GitHub's REST API that lists self-hosted runners: pages with links, 30 to a page unless asked. */
export async function startRunnersApi(state: ApiState): Promise<RunnersApi> {
  const requests: string[] = [];
  const tokens: (string | undefined)[] = [];
  const groups = Object.entries(state.groups ?? {}).map(([name, runners], index) => ({
    id: index + 1,
    name,
    runners,
  }));
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    tokens.push(request.headers.authorization);
    if (state.fault?.(request, response, requests.length) === true) return;
    const { pathname, searchParams } = new URL(path, "http://127.0.0.1");
    const prefix = "/api/v3";
    const send = (key: string, all: readonly object[] | undefined): void => {
      if (all === undefined) {
        refuse(response, 404, "Not Found");
        return;
      }
      const size = Math.min(100, Number(searchParams.get("per_page") ?? 30));
      const page = Number(searchParams.get("page") ?? 1);
      const more = page * size < all.length;
      const next = new URL(path, `http://${request.headers.host ?? ""}`);
      next.searchParams.set("page", String(page + 1));
      response.writeHead(200, {
        "content-type": "application/json; charset=utf-8",
        ...(more ? { link: `<${next.href}>; rel="next"` } : {}),
      });
      const slice = all.slice((page - 1) * size, page * size);
      response.end(JSON.stringify({ total_count: all.length, [key]: slice }));
    };
    const group = /runner-groups\/(\d+)\/runners$/.exec(pathname)?.[1];
    if (pathname === `${prefix}/repos/${owner}/${repo}/actions/runners`) {
      send("runners", state.repository?.map(listed));
    } else if (pathname === `${prefix}/orgs/${owner}/actions/runners`) {
      send("runners", state.organization?.map(listed));
    } else if (pathname === `${prefix}/orgs/${owner}/actions/runner-groups`) {
      const visible = searchParams.get("visible_to_repository") === repo;
      send(
        "runner_groups",
        visible && state.groups ? groups.map(({ id, name }) => ({ id, name })) : undefined,
      );
    } else if (group !== undefined) {
      send("runners", groups.find(({ id }) => String(id) === group)?.runners.map(listed));
    } else refuse(response, 404, "Not Found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/v3`,
    requests,
    tokens,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** An error in the service's form. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify({ message, documentation_url: "", status: String(status) }));
}

function listed({ id, name, status = "online", busy = false, labels = [] }: ApiRunner): object {
  return {
    id,
    name,
    os: "linux",
    status,
    busy,
    labels: labels.map((label, index) => ({
      id: index,
      name: label,
      type: index < 3 ? "read-only" : "custom",
    })),
  };
}
