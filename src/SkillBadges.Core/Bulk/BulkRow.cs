using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.OneRoster.Files;

namespace SkillBadges.Core.Bulk;

/// <summary>A row as it was handed in. <c>learner</c>, <c>levels</c> and <c>note</c> award; <c>submission</c>, <c>attempt</c>, <c>outcome</c> and <c>comment</c> decide; <c>award</c> and <c>reason</c> take back.</summary>
public sealed record BulkRow
{
    public string? Learner { get; init; }

    public ImmutableArray<AwardedLevel> Levels { get; init; } = [];

    public string? Note { get; init; }

    public string? Submission { get; init; }

    public int? Attempt { get; init; }

    public DecisionOutcome? Outcome { get; init; }

    public string? Comment { get; init; }

    public string? Award { get; init; }

    public string? Reason { get; init; }

    /// <summary>Why it could not be read; then nothing else is set but the subject.</summary>
    [JsonIgnore]
    public string? Fault { get; init; }

    [JsonIgnore]
    public string Subject => Learner ?? Submission ?? Award ?? "";
}

/// <summary>Reads the rows of a file one after the other, in constant memory. A row that makes no sense is a row with a fault; only a file that ceases to be CSV or JSON ends the reading.</summary>
public static class BulkRows
{
    private const string Unreadable = "bulk-job.row";

    private static readonly JsonSerializerOptions Elements = new() { MaxDepth = 8 };

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <exception cref="CsvException">It is no CSV, or its columns have other names.</exception>
    /// <exception cref="JsonException">It is no array of JSON.</exception>
    public static IAsyncEnumerable<BulkRow> ReadAsync(Stream file, BulkKind kind, BulkFormat format, CancellationToken cancellationToken) =>
        format == BulkFormat.Csv ? Csv(file, kind).ToAsyncEnumerable() : JsonAsync(file, cancellationToken);

    private static async IAsyncEnumerable<BulkRow> JsonAsync(Stream file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var element in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file, Elements, cancellationToken))
        {
            yield return Row(element);
        }
    }

    private static BulkRow Row(JsonElement element)
    {
        try
        {
            var row = element.Deserialize<BulkRow>(Json) ?? new BulkRow { Fault = Unreadable };
            return row.Levels.IsDefault || row.Levels.Any(level => level is null) ? row with { Levels = [], Fault = Unreadable } : row;
        }
        catch (JsonException)
        {
            return new() { Fault = Unreadable };
        }
    }

    private static IEnumerable<BulkRow> Csv(Stream file, BulkKind kind)
    {
        SkipMark(file);
        var csv = new CsvFile(file);
        string[] columns = csv.Read() ? [.. csv.Cells] : [];
        RequireColumns(columns, kind);
        while (csv.Read())
        {
            yield return csv.Cells.Count == columns.Length
                ? Row(columns, csv.Cells)
                : new()
                {
                    Learner = kind == BulkKind.Awards ? csv.Cells[0] : null,
                    Submission = kind == BulkKind.Decisions ? csv.Cells[0] : null,
                    Award = kind == BulkKind.Revocations ? csv.Cells[0] : null,
                    Fault = Unreadable,
                };
        }
    }

    // Spreadsheets write one.
    private static void SkipMark(Stream file)
    {
        Span<byte> first = stackalloc byte[3];
        if (file.ReadAtLeast(first, 3, throwOnEndOfStream: false) < 3 || !first.SequenceEqual("\uFEFF"u8))
        {
            file.Position = 0;
        }
    }

    private static void RequireColumns(string[] columns, BulkKind kind)
    {
        var known = kind switch
        {
            BulkKind.Awards => columns is ["learner", ..] && columns[1..].All(column => column == "note" || column.StartsWith("level:", StringComparison.Ordinal)),
            BulkKind.Decisions => columns is ["submission", ..] && columns[1..].All(column => column is "attempt" or "outcome" or "comment"),
            _ => columns is ["award", "reason"],
        };
        if (!known || columns.Distinct(StringComparer.Ordinal).Count() != columns.Length)
        {
            throw new CsvException("bulk-job.columns", 1, 0, "The columns have other names.");
        }
    }

    private static BulkRow Row(string[] columns, IReadOnlyList<string> cells)
    {
        var row = new BulkRow();
        for (var i = 0; i < columns.Length; i++)
        {
            // What our own tables guard with an apostrophe comes back without it.
            var text = cells[i] is ['\'', _, ..] guarded ? guarded[1..] : cells[i];
            row = text.Length == 0 ? row : columns[i] switch
            {
                "learner" => row with { Learner = text },
                "note" => row with { Note = text },
                "award" => row with { Award = text },
                "reason" => row with { Reason = text },
                "submission" => row with { Submission = text },
                "attempt" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? row with { Attempt = attempt } : row with { Fault = Unreadable },
                "outcome" => text switch
                {
                    "approved" => row with { Outcome = DecisionOutcome.Approved },
                    "returned" => row with { Outcome = DecisionOutcome.Returned },
                    _ => row with { Fault = Unreadable },
                },
                "comment" => row with { Comment = text },
                _ => row with { Levels = row.Levels.Add(new(columns[i]["level:".Length..], text)) },
            };
        }

        return row;
    }
}
