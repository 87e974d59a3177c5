# Prints the cases again: `apt-get install ruby-liquid ruby-activesupport`, then `ruby tests/liquid/cases/print.rb`.
#
# A case is a line of a file of this folder: ["template", "what Ruby prints"]. All are rendered with the values of
# values.json, by Liquid 5.4 with ActiveSupport, leniently, as the platform does. To add a case, add a line with any
# second text and run this; then `git diff` shows what Ruby printed. What cannot be parsed prints its error.
require "active_support/all"
require "json"
require "liquid"

abort "Liquid 5.4 is the measure, this is #{Liquid::VERSION}" unless Liquid::VERSION.start_with?("5.4.")
ENV["TZ"] = "UTC"
VALUES = File.read(File.join(__dir__, "values.json"))

def printed(template)
  Liquid::Template.parse(template).render(JSON.parse(VALUES))
rescue Liquid::Error => error
  error.message
end

Dir[File.join(__dir__, "*.jsonl")].sort.each do |path|
  cases = File.readlines(path).map { |line| JSON.parse(line).first }.uniq
  File.write(path, cases.map { |template| JSON.generate([template, printed(template)]) + "\n" }.join)
  puts "#{File.basename(path)}: #{cases.size}"
end
