using System.Collections.Immutable;
using System.Text.Json.Serialization;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Bulk;

public enum BulkKind
{
    Awards,
    Decisions,

    /// <summary>Badges taken back.</summary>
    Revocations,
}

public enum BulkFormat
{
    Csv,
    Json,
}

public enum BulkState
{
    /// <summary>Each row is tried without an effect.</summary>
    Checking,

    /// <summary>The report of the trial is there; nothing has happened yet.</summary>
    Checked,

    Running,
    Done,
    Cancelled,

    /// <summary>The file ceased to be readable; <see cref="BulkJob.StopCode"/> says why.</summary>
    Stopped,
}

public enum BulkRowOutcome
{
    /// <summary>In a trial: it would hold. In a run: it holds.</summary>
    Done,
    Refused,
}

/// <summary>What one row came to.</summary>
/// <param name="Row">From 1.</param>
/// <param name="Subject">The learner or the work that the row names.</param>
/// <param name="ResultId">The award's or decision's id after a run.</param>
public sealed record BulkRowResult(int Row, string Subject, BulkRowOutcome Outcome, string? ResultId, string? Code, string? Message)
{
    /// <summary>In a trial of revocations, what rests on the badge; absent elsewhere.</summary>
    public RevocationReach? Touches { get; init; }
}

/// <summary>Many rows that somebody handed in at once. What it does is decided row by row, each by the rules for whoever handed it in.</summary>
/// <param name="Badge">Of a job that awards; else null.</param>
/// <param name="Digest">Of the bytes: the same file for the same thing is the same job.</param>
public sealed record BulkJob(string Id, BulkKind Kind, BulkFormat Format, PersonId By, OrganizationId School, string? Badge, Sha256Digest Digest, DateTimeOffset ReceivedAt)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public BulkState State { get; init; } = BulkState.Checking;

    /// <summary>Rows of the file, known after the trial.</summary>
    public int? Rows { get; init; }

    /// <summary>Rows that the present pass has done.</summary>
    public int Passed { get; init; }

    public int Succeeded { get; init; }

    public int Refused { get; init; }

    public DateTimeOffset? BegunAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? StopCode { get; init; }

    public DateTimeOffset ExpiresAt { get; init; } = ReceivedAt + Kept;

    [JsonIgnore]
    public bool IsUnderWay => State is BulkState.Checking or BulkState.Running;

    /// <summary>The pass whose results are written now.</summary>
    [JsonIgnore]
    public bool IsTrial => BegunAt is null;

    public BulkJob Advance(IReadOnlyCollection<BulkRowResult> results)
    {
        var done = results.Count(result => result.Outcome == BulkRowOutcome.Done);
        return this with { Passed = Passed + results.Count, Succeeded = Succeeded + done, Refused = Refused + results.Count - done };
    }

    public BulkJob EndPass(DateTimeOffset at) => IsTrial
        ? this with { State = BulkState.Checked, Rows = Passed }
        : this with { State = BulkState.Done, EndedAt = at };

    /// <summary>Begins the run after the trial; a job that has begun stays as it is.</summary>
    /// <exception cref="RefusedException"><c>bulk-job.not-checked</c>.</exception>
    public BulkJob Begin(DateTimeOffset at) => State switch
    {
        BulkState.Checked => this with { State = BulkState.Running, BegunAt = at, Passed = 0, Succeeded = 0, Refused = 0 },
        BulkState.Running or BulkState.Done => this,
        _ => throw SkillBadges.Core.Refused.Conflict("bulk-job.not-checked", "Only a job whose trial has ended can begin."),
    };

    /// <summary>What was done stays done; the rest is not begun.</summary>
    public BulkJob Cancel(DateTimeOffset at) => State is BulkState.Done or BulkState.Stopped or BulkState.Cancelled ? this : this with { State = BulkState.Cancelled, EndedAt = at };

    public BulkJob Stop(string code, DateTimeOffset at) => this with { State = BulkState.Stopped, StopCode = code, EndedAt = at };
}

/// <summary>Results of up to <see cref="Size"/> rows, in their order.</summary>
public sealed record BulkPage(string Job, bool IsTrial, int Number, ImmutableArray<BulkRowResult> Results, DateTimeOffset ExpiresAt)
{
    public const int Size = 100;

    [JsonIgnore]
    public string Pass => PassOf(Job, IsTrial);

    public static string PassOf(string job, bool isTrial) => isTrial ? $"{job}.trial" : $"{job}.run";
}

public static class BulkJobDocuments
{
    /// <summary>Subject: a job's id.</summary>
    public const string Topic = "bulk.work";

    /// <summary>The same file for the same thing by the same person, once.</summary>
    public static readonly AccessPath<BulkJob> Same = new AccessPath<BulkJob>("same")
        .Equal("person", job => job.By.Value).Equal("thing", job => $"{job.Kind} {job.School} {job.Badge}").Equal("digest", job => job.Digest.Hex).Unique();

    public static readonly AccessPath<BulkJob> ByPerson = new AccessPath<BulkJob>("by").Equal("person", job => job.By.Value).OrderBy("received", job => job.ReceivedAt);

    public static readonly AccessPath<BulkJob> ByExpiry = new AccessPath<BulkJob>("expiry").OrderBy("expires", job => job.ExpiresAt);

    public static readonly DocumentKind<BulkJob> Kind = new("bulk_job", job => job.Id) { Paths = [Same, ByPerson, ByExpiry] };

    public static readonly AccessPath<BulkPage> PagesOf = new AccessPath<BulkPage>("pass").Equal("pass", page => page.Pass).OrderBy("number", page => page.Number);

    public static readonly AccessPath<BulkPage> PagesByExpiry = new AccessPath<BulkPage>("expiry").OrderBy("expires", page => page.ExpiresAt);

    public static readonly DocumentKind<BulkPage> Pages = new("bulk_page", page => $"{page.Pass}.{page.Number:d6}") { Paths = [PagesOf, PagesByExpiry] };

    public static OutboxMessage Message(string job, DateTimeOffset at) => new(NewId.Ordered(at), Topic, job, at);
}
