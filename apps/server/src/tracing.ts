import type { StatementListener } from "@strudel-agent/database/statement-listener"
import type { FastifyInstance } from "fastify"
import { isStream } from "./live-streams.ts"
import { callsOf } from "./trpc/calls.ts"
import { typeOf } from "./trpc/procedures.ts"

/** What tells a collector of OpenTelemetry what the server does. */
export interface Tracing {
  /** Makes a span of every request, within the trace that its `traceparent` names. */
  register(app: FastifyInstance): void
  /** Makes a span of every statement of what is traced. */
  onStatement: StatementListener
  /** Makes a span of work that nobody asked for. */
  trace<T>(name: string, work: () => Promise<T>): Promise<T>
  /** Sends what is left. */
  stop(): Promise<void>
}

/**
 * Sends traces to a collector at an address by OTLP over HTTP. A span tells routes, procedures, statuses and tables, and
 * nothing that a caller or the database said.
 */
export async function startTracing({ endpoint, version }: { endpoint: string; version: string }): Promise<Tracing> {
  // Loaded here, so that whoever traces nothing holds none of it in memory.
  const [{ context, propagation, SpanKind, SpanStatusCode, trace }, sdk, { OTLPTraceExporter }, resources] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
    ])
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` })
  const provider = new sdk.NodeTracerProvider({
    resource: resources.resourceFromAttributes({ "service.name": "strudel-agent", "service.version": version }),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  })
  provider.register()
  const tracer = provider.getTracer("strudel-agent", version)

  return {
    register(app) {
      app.addHook("onRequest", (request, reply, done) => {
        const parent = propagation.extract(context.active(), request.headers)
        const { url: route } = request.routeOptions
        const name = route === undefined ? request.method : `${request.method} ${route}`
        const calls = route?.startsWith("/trpc/") ? callsOf(request, "/trpc").paths.filter((path) => typeOf(path)) : []
        const attributes = {
          "http.request.method": request.method,
          ...(route === undefined ? {} : { "http.route": route }),
          ...(calls.length === 0 ? {} : { "rpc.system": "trpc", "rpc.method": calls.join(",") }),
        }
        const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent)
        const end = () => {
          span.setAttribute("http.response.status_code", reply.statusCode)
          if (reply.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        }
        reply.raw.once("close", end)
        spans.set(request, end)
        context.with(trace.setSpan(parent, span), done)
      })
      // A stream is answered when it is open; what it tells for hours is no part of that.
      app.addHook("onSend", async (request, reply) => {
        if (!isStream(reply)) return
        const end = spans.get(request)
        if (!end) return
        reply.raw.removeListener("close", end)
        end()
      })
    },
    onStatement({ verb, table }) {
      if (!trace.getActiveSpan()?.isRecording()) return undefined
      const name = table === undefined ? verb : `${verb} ${table}`
      const attributes = {
        "db.system.name": "postgresql",
        "db.operation.name": verb,
        ...(table === undefined ? {} : { "db.collection.name": table }),
      }
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes })
      return (failure) => {
        if (failure !== undefined) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
    },
    trace: (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        try {
          return await work()
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      }),
    stop: () => provider.shutdown(),
  }
}

/** What ends the span of a request. */
const spans = new WeakMap<object, () => void>()
