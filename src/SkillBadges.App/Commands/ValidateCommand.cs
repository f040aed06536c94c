using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using SkillBadges.Core;
using SkillBadges.Core.Reporting.Checking;
using SkillBadges.Core.Reporting.Files;
using SkillBadges.Core.Storage;

namespace SkillBadges.App.Commands;

/// <summary><c>validate state-file FILE</c>: says row by row what is wrong with a file for the state. Exit code 0 when nothing is, 1 when something is, 2 when it could not be read.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The CSV file." };
        var layout = new Option<string>("--layout")
        {
            Description = $"Its columns: {string.Join(", ", StateLayout.BuiltIn.Keys)}, or a JSON file with the columns of a layout that a district keeps.", DefaultValueFactory = _ => "link",
        };
        var command = new Command("state-file", "Checks a file for the state: header, cells, and the shares of each record.") { file, layout };
        command.SetAction((parsed, cancellationToken) => RefusalsAsExitCode.RunAsync(() => RunAsync(parsed.GetValue(file)!, parsed.GetValue(layout)!, Console.Out, cancellationToken)));
        return new Command("validate", "Checks files that go elsewhere.") { command };
    }

    /// <summary>Checks a file and prints its faults; the exit code.</summary>
    public static async Task<int> RunAsync(string file, string layout, TextWriter output, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            throw Refused.Invalid("validate.no-file", $"There is no file {file}.");
        }

        var columns = StateLayout.BuiltIn.TryGetValue(layout, out var builtIn) ? builtIn : await ColumnsAsync(layout, cancellationToken);
        await using var csv = File.OpenRead(file);
        var report = StateFileCheck.Run(csv, columns, cancellationToken);
        foreach (var fault in report.Faults)
        {
            await output.WriteLineAsync(fault.ToString());
        }

        await output.WriteLineAsync($"{report.Rows} rows, {report.Count} faults");
        return report.Count == 0 ? 0 : 1;
    }

    // As the API gives a layout, or its columns alone.
    private static async Task<ImmutableArray<StateColumn>> ColumnsAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(file, cancellationToken));
            var columns = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.GetProperty("columns") : json.RootElement;
            return new StateLayout("", default, "read from a file", columns.Deserialize<ImmutableArray<StateColumn>>(DocumentJson.Options)).Checked().Columns;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Refused.Invalid("validate.layout", $"{file} is neither the name of a layout that comes with the product nor a JSON file with columns.");
        }
    }
}
