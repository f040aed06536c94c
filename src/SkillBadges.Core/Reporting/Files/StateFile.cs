using System.Collections.Immutable;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Files;

/// <summary>What a state file tells.</summary>
public enum StateFileKind
{
    /// <summary>Who taught whom with what result.</summary>
    TeacherStudentLink,

    /// <summary>Who in a career and technical program has which credential and examination result, with the count of Perkins V 5S1.</summary>
    Credentials,
}

public enum StateFileState
{
    /// <summary>Its rows are gathered.</summary>
    Making,

    /// <summary>Its making was cut short: it holds no more than a part of its rows, and is thrown away and made again.</summary>
    Failed,

    /// <summary>Its rows are complete and do not change; it can be thrown away.</summary>
    Made,

    /// <summary>The district signed it. It stays; a correction is another file that names it.</summary>
    Locked,

    /// <summary>Locked, and another file has taken its place.</summary>
    Replaced,
}

/// <summary>To whom a file goes, and on what ground (34 CFR 99.35: a written agreement, and a day by which it is destroyed).</summary>
public sealed record StateFileReceiver(string Name, string Agreement, DateOnly DestroyBy)
{
    public const int MaxLength = 200;

    /// <exception cref="RefusedException"><c>state-file.receiver</c>.</exception>
    public StateFileReceiver Checked(DateOnly today) => DestroyBy > today
        ? this with { Name = DisplayText.Require(Name, MaxLength, "state-file.receiver"), Agreement = DisplayText.Require(Agreement, MaxLength, "state-file.receiver") }
        : throw Refused.Invalid("state-file.receiver", "Say who receives the file, under which agreement, and by which day to come it is destroyed.");
}

/// <summary>What a district asks for.</summary>
/// <param name="From">The first day of the period.</param>
/// <param name="Until">The first day after it.</param>
public sealed record StateFileTerms(OrganizationId Organization, StateFileKind Kind, DateOnly From, DateOnly Until)
{
    private const int MaxDays = 400;

    /// <summary>The four digits of the year in which the period ends.</summary>
    public int SchoolYear => Until.AddDays(-1).Year;

    /// <exception cref="RefusedException"><c>state-file.period</c>.</exception>
    public StateFileTerms Checked() => From < Until && Until.DayNumber - From.DayNumber <= MaxDays && Enum.IsDefined(Kind)
        ? this
        : throw Refused.Invalid("state-file.period", $"A period begins before it ends and has at most {MaxDays} days.");
}

/// <summary>
/// A file for the state, frozen when it was made: its rows are kept without the learners' state numbers, which are entered as it is handed over. The digest is of the whole text with these cells empty.
/// </summary>
public sealed record StateFile(string Id, StateFileTerms Terms, StateFileReceiver Receiver, ImmutableArray<StateColumn> Columns, PersonId By, DateTimeOffset At)
{
    public StateFileState State { get; init; }

    public int Pages { get; init; }

    public int Rows { get; init; }

    public int Learners { get; init; }

    /// <summary>How many faults there are; a file with faults is not signed.</summary>
    public int Faults { get; init; }

    /// <summary>For each program, those who graduated in the period, and how many of them have a recognized credential; none for a link file.</summary>
    public ImmutableArray<CredentialCount> Counts { get; init; } = [];

    /// <summary>Set once it is made.</summary>
    public Sha256Digest? Digest { get; init; }

    public PersonId? LockedBy { get; init; }

    public DateTimeOffset? LockedAt { get; init; }

    /// <summary>The locked file that this one corrects, and why.</summary>
    public string? Replaces { get; init; }

    public string? Reason { get; init; }

    /// <summary>The file that took its place.</summary>
    public string? ReplacedBy { get; init; }

    public bool HasNumbers => Columns.Any(column => column.Field == StateField.StateNumber);

    /// <summary>What there is one of: the file of a district for a kind and period that counts.</summary>
    public string Slot => FormattableString.Invariant($"{Terms.Organization.Value}/{Terms.Kind}/{Terms.From:yyyy-MM-dd}/{Terms.Until:yyyy-MM-dd}");

    /// <param name="seen">Digest of what the district looked at.</param>
    /// <exception cref="RefusedException"><c>state-file.not-made</c>, <c>state-file.locked</c>, <c>state-file.faulty</c>, <c>state-file.changed</c>.</exception>
    public StateFile Lock(Sha256Digest seen, PersonId by, DateTimeOffset at) => this switch
    {
        { State: StateFileState.Making or StateFileState.Failed } => throw NotMade(),
        { State: StateFileState.Locked or StateFileState.Replaced } => throw Locked(),
        { Faults: > 0 } => throw Refused.Conflict("state-file.faulty", $"{Faults} faults are in it. Mend what they name and make the file again."),
        _ when Digest != seen => throw Refused.Conflict("state-file.changed", "This is not the digest of the file; please look again before you sign."),
        _ => this with { State = StateFileState.Locked, LockedBy = by, LockedAt = at },
    };

    /// <summary>Whoever gathered the rows is gone; any other file stays as it is.</summary>
    public StateFile Fail() => State == StateFileState.Making ? this with { State = StateFileState.Failed } : this;

    /// <summary>After another took its place.</summary>
    public StateFile ReplaceBy(string other) => this with { State = StateFileState.Replaced, ReplacedBy = other };

    /// <exception cref="RefusedException"><c>state-file.locked</c>.</exception>
    public StateFile RequireDraft() => State is StateFileState.Making or StateFileState.Failed or StateFileState.Made ? this : throw Locked();

    /// <exception cref="RefusedException"><c>state-file.not-made</c>.</exception>
    public StateFile RequireMade() => State is StateFileState.Making or StateFileState.Failed ? throw NotMade() : this;

    private static RefusedException NotMade() => Refused.Conflict("state-file.not-made", "The file is being made, or its making was cut short: then throw it away and make it again.");

    private static RefusedException Locked() => Refused.Conflict("state-file.locked", "The file is signed and does not change any more. A correction is another file that names this one.");
}

/// <summary>Perkins V (20 U.S.C. 2323(b)(2)(A)), 5S1: of the concentrators who graduated, those who attained a recognized postsecondary credential. Each learner counts once in a program.</summary>
/// <param name="Program">CIP 2020; <c>all</c> for every learner once.</param>
public sealed record CredentialCount(string Program, int Graduates, int WithCredential);

/// <summary>A row of a file.</summary>
/// <param name="Keeper">The school whose record it is from.</param>
/// <param name="Cells">In the order of the columns; that of the state number is empty.</param>
public sealed record StateRow(PersonId Learner, OrganizationId Keeper, string Record, ImmutableArray<string> Cells);

/// <summary>
/// What is wrong with a row, and where. Rows count as a spreadsheet shows them: the header is row 1; 0 means the file as a whole. <see cref="Code"/> is stable (docs/reporting.md); neither it nor the
/// message holds what a cell said.
/// </summary>
public sealed record StateFileFault(long Row, string? Column, string Code, string Message)
{
    public override string ToString() => FormattableString.Invariant($"row {Row}{(Column is null ? "" : $", {Column}")}: {Code}: {Message}");
}

/// <summary>Some rows of a file in their order, all of each learner's in one page, and what is wrong with them.</summary>
public sealed record StateFilePage(string File, int Number, ImmutableArray<StateRow> Rows, ImmutableArray<StateFileFault> Faults)
{
    public string Id => FormattableString.Invariant($"{File}-{Number:d6}");
}

/// <summary>That a file was given to somebody.</summary>
/// <param name="Mark">A keyed digest of the bytes, numbers included: what was given can be recognized, and no number tried out. 64 hexadecimal digits.</param>
public sealed record StateFileHandOver(string Id, string File, PersonId By, DateTimeOffset At, string Mark);

public static class StateFileDocuments
{
    public static readonly AccessPath<StateFile> ByOrganization = new AccessPath<StateFile>("organization").Equal("organization", f => f.Terms.Organization.Value).OrderBy("at", f => f.At);

    /// <summary>One file counts.</summary>
    public static readonly AccessPath<StateFile> Counting = new AccessPath<StateFile>("counting").Equal("slot", f => f.State == StateFileState.Locked ? f.Slot : null).Unique();

    /// <summary>What is being made, by when it was begun.</summary>
    public static readonly AccessPath<StateFile> Making = new AccessPath<StateFile>("making").OrderBy("begun", f => f.State == StateFileState.Making ? f.At : null);

    public static readonly DocumentKind<StateFile> Kind = new("state_file", f => f.Id) { Paths = [ByOrganization, Counting, Making] };

    public static readonly AccessPath<StateFilePage> PagesByFile = new AccessPath<StateFilePage>("file").Equal("file", p => p.File).OrderBy("number", p => (long?)p.Number);

    public static readonly DocumentKind<StateFilePage> Pages = new("state_file_page", p => p.Id) { Paths = [PagesByFile] };

    public static readonly AccessPath<StateFileHandOver> HandOversByFile = new AccessPath<StateFileHandOver>("file").Equal("file", h => h.File).OrderBy("at", h => h.At);

    public static readonly DocumentKind<StateFileHandOver> HandOvers = new("state_file_hand_over", h => h.Id) { Paths = [HandOversByFile] };
}
