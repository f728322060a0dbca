-- One request: the template with a number of its own, so that every invoice is another one.
local head, tail, count, thread_id = "", "", 0, 0
local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("thread_id", threads)
end
function init(args)
  local file = io.open(args[1], "rb")
  local xml = file:read("*a")
  file:close()
  local from, to = xml:find("NUMBER", 1, true)
  head, tail = xml:sub(1, from - 1), xml:sub(to + 1)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/xml"
  wrk.headers["Authorization"] = "Bearer " .. args[2]
end
function request()
  count = count + 1
  return wrk.format(nil, "/api/v1/documents", nil, head .. thread_id .. "-" .. count .. tail)
end
local answers = {}
function response(status) answers[status] = (answers[status] or 0) + 1 end
