-- Posts one new report after another: a random place inside the box, a new idempotency key each.
local west, south, east, north = os.getenv("BENCH_BOX"):match("([^,]+),([^,]+),([^,]+),([^,]+)")
local kinds, good, bad = { "09006", "06011", "06027", "06028", "06001", "other" }, 0, 0
threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init()
  math.randomseed(os.time() * 1000 + number)
end

local function key()
  local parts = {}
  for i = 1, 32 do parts[i] = string.format("%x", math.random(0, 15)) end
  return table.concat(parts)
end

function request()
  local lon, lat = west + math.random() * (east - west), south + math.random() * (north - south)
  local body = string.format(
    '{"place":{"lon":%.6f,"lat":%.6f,"crs":"wgs84","accuracy_m":3},"words":"三张桌子占了人行道，行人绕到车道上走","category":"%s"}',
    lon, lat, kinds[math.random(#kinds)])
  return wrk.format("POST", "/api/v1/reports", { ["Content-Type"] = "application/json", ["Idempotency-Key"] = key() }, body)
end

function response(status)
  if status == 201 then good = good + 1 else bad = bad + 1 end
  counts = good .. "," .. bad
end

function done(_, latency)
  local taken, refused = 0, 0
  for _, thread in ipairs(threads) do
    local a, b = (thread:get("counts") or "0,0"):match("(%d+),(%d+)")
    taken, refused = taken + a, refused + b
  end
  io.write(string.format("FIGURES %d %d %.3f %.3f\n", taken, refused, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
