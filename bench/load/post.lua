-- Posts the file BENCH_BODY; BENCH_HEADERS holds lines of "name: value". Both come by the
-- environment, since anybody on the machine may read a command line.
-- Where the body holds {N}, each request gets a number of its own: nine digits, none twice.
wrk.method = "POST"
local file = assert(io.open(os.getenv("BENCH_BODY"), "rb"))
wrk.body = file:read("*a")
file:close()
for line in (os.getenv("BENCH_HEADERS") or ""):gmatch("[^\n]+") do
  local name, value = line:match("^([^:]+): (.*)$")
  wrk.headers[name] = value
end

if wrk.body:find("{N}", 1, true) then
  local number = tonumber(os.getenv("BENCH_FIRST_NUMBER"))
  local template = wrk.body
  function request()
    number = number + 1
    local own = template:gsub("{N}", string.format("%09d", number))
    return wrk.format(nil, nil, nil, own)
  end
end

-- One line of JSON for the harness. Latencies are microseconds.
function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "duration_us": %d, "refused": %d, "broken": %d, "p50_us": %d, "p99_us": %d}\n',
    summary.requests, summary.duration, e.status, e.connect + e.read + e.write + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
