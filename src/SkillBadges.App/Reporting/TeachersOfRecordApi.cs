using SkillBadges.App.Gradebook;
using SkillBadges.App.Http;
using SkillBadges.Core;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Reporting.Teachers;

namespace SkillBadges.App.Reporting;

/// <param name="Until">The first day on which it holds no more; null for no end.</param>
/// <param name="Share">Percent, above 0 up to 100, at most two decimals.</param>
internal sealed record TeacherPartView(string Teacher, DateOnly From, DateOnly? Until, decimal Share);

/// <summary>One learner's teachers from a day until another.</summary>
internal sealed record LearnerTeachersView(string Learner, DateOnly From, DateOnly? Until, IReadOnlyList<TeacherPartView> Parts)
{
    public static LearnerTeachersView Of(LearnerTeachers line) =>
        new(line.Learner.Value, line.From, line.Until, [.. line.Parts.Select(part => new TeacherPartView(part.Teacher.Value, part.From, part.Until, part.Share))]);
}

internal sealed record ShareFaultView(string Learner, string Code, DateOnly From, DateOnly? Until, decimal Total);

internal sealed record TeacherCorrectionView(string Learner, string Reason, string By, DateTimeOffset At);

internal sealed record RosterSignOffView(string Teacher, DateTimeOffset At, bool IsOfTheseLines);

/// <param name="Subject">classSection or entry; the id is that of the class or of the entry.</param>
/// <param name="Sha256">Digest of the lines: to be sent with a correction or a sign-off.</param>
/// <param name="Faults">Times in which a learner's shares do not come to 100; empty when all is sound.</param>
/// <param name="Awaited">The teachers who have yet to sign these lines.</param>
internal sealed record TeachersOfRecordView(
    string Id, TeachingSubject Subject, string OrganizationId, string Sha256, IReadOnlyList<LearnerTeachersView> Lines, IReadOnlyList<ShareFaultView> Faults, IReadOnlyList<TeacherCorrectionView> Corrections,
    IReadOnlyList<RosterSignOffView> SignOffs, IReadOnlyList<string> Awaited)
{
    public static TeachersOfRecordView Of(StandingTeachers standing) => new(
        standing.Record.Id,
        standing.Record.Subject,
        standing.Record.Organization.Value,
        standing.Digest.Hex,
        [.. standing.Lines.Select(LearnerTeachersView.Of)],
        [.. standing.Faults.Select(fault => new ShareFaultView(fault.Learner.Value, fault.Code, fault.From, fault.Until, fault.Total))],
        [.. standing.Record.Corrections.Select(one => new TeacherCorrectionView(one.Learner.Value, one.Reason, one.By.Value, one.At))],
        [.. standing.Record.SignOffs.Select(one => new RosterSignOffView(one.Teacher.Value, one.At, one.Lines == standing.Digest))],
        [.. standing.Awaited.Select(teacher => teacher.Value)]);
}

/// <summary>A class whose teachers of record wait for a sign-off.</summary>
/// <param name="Faults">How many times there are in which a learner's shares do not come to 100: the office corrects these first.</param>
/// <param name="Awaited">Who has yet to sign.</param>
internal sealed record AwaitedSignOffView(string Id, string Name, int Learners, int Faults, IReadOnlyList<string> Awaited)
{
    public static AwaitedSignOffView Of(StandingTeachers standing) => new(
        standing.Record.Id, standing.Section!.Document.Name, standing.Lines.Select(line => line.Learner).Distinct().Count(), standing.Faults.Count, [.. standing.Awaited.Select(teacher => teacher.Value)]);
}

/// <param name="Times">The learner's times with their teachers; empty to give the learner back to the roster.</param>
/// <param name="Sha256">Of the lines that were read.</param>
internal sealed record TeacherCorrectionRequest(string Learner, IReadOnlyList<LearnerTimeRequest> Times, string Reason, string Sha256);

internal sealed record LearnerTimeRequest(DateOnly From, DateOnly? Until, IReadOnlyList<TeacherPartView> Parts);

/// <param name="Sha256">Of the lines that were read.</param>
internal sealed record RosterSignOffRequest(string Sha256);

/// <summary>Who answers to the state for what learners learned: adopted from the roster, corrected by the office, signed by the teachers.</summary>
internal static class TeachersOfRecordApi
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string Person = "019aa0d2c7f07f1c8b0e1f6d5c2b7a91";

    public static void MapTeachersOfRecord(this IEndpointRouteBuilder app)
    {
        app.MapApi("teachers-of-record", "Reporting").MapGet("", AwaitingAsync).WithSummary("The classes of ?school= whose teachers of record wait for a sign-off: for the office all of them, for a teacher those that wait for them. A page may hold fewer.")
            .Refuses(403, "role.missing");
        var api = app.MapApi("teachers-of-record/{id}", "Reporting");
        api.MapGet("", ReadAsync).WithSummary("The teachers of record of a class or of one entry of the ledger, by its id: learner by learner, from day to day, in percent, with what is wrong. For the school's office and the teachers who have a part in it.")
            .Refuses(404, "teaching.not-found");
        api.MapPost("corrections", CorrectAsync)
            .Example(new TeacherCorrectionRequest(Person, [new(new(2026, 8, 24), new(2027, 6, 5), [new("019aa0d2c7f07f1c8b0e1f6d5c2b7a92", new(2026, 8, 24), new(2027, 6, 5), 100)])], "The substitute taught this group.", Digest))
            .WithSummary("Enters a learner's teachers in place of what the roster says, for a reason that is kept. At each moment the shares come to 100. Earlier sign-offs count no more. For the school's office.")
            .Refuses(403, "role.missing").Refuses(404, "teaching.not-found").Refuses(409, "teachers-of-record.changed", "teachers-of-record.too-many")
            .Refuses(422, "teachers-of-record.digest", "teachers-of-record.reason", "teachers-of-record.lines", "teachers-of-record.shares", "teachers-of-record.not-a-teacher", "teachers-of-record.not-a-student");
        api.MapPost("sign-offs", SignAsync).WithMetadata(new RepeatsHarmlessly()).Example(new RosterSignOffRequest(Digest))
            .WithSummary("A teacher's word that the lines are right as they stand (roster verification). For teachers who have a part in it.")
            .Refuses(403, "role.missing").Refuses(404, "teaching.not-found").Refuses(409, "teachers-of-record.changed", "teachers-of-record.faulty", "storage.version-conflict").Refuses(422, "teachers-of-record.digest");
    }

    private static async Task<PageOf<AwaitedSignOffView>> AwaitingAsync(string school, CurrentActor me, Paging paging, HttpContext context, TeachersWorkflow workflow, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        var (items, next) = await workflow.AwaitingAsync(me.Actor, OrganizationId.From(school), paging.Of, cancellationToken);
        return paging.Answer([.. items.Select(AwaitedSignOffView.Of)], next);
    }

    private static async Task<TeachersOfRecordView> ReadAsync(string id, CurrentActor me, HttpContext context, TeachersWorkflow workflow, CancellationToken cancellationToken)
    {
        context.KeepPrivate();
        return TeachersOfRecordView.Of(await workflow.ReadAsync(me.Actor, id, cancellationToken));
    }

    private static async Task<TeachersOfRecordView> CorrectAsync(string id, TeacherCorrectionRequest body, CurrentActor me, Idempotency idempotency, TeachersWorkflow workflow, CancellationToken cancellationToken)
    {
        var learner = PersonId.From(body.Learner);
        LearnerTeachers[] lines = [.. body.Times.Select(time => new LearnerTeachers(learner, time.From, time.Until, [.. time.Parts.Select(part => new TeacherPart(PersonId.From(part.Teacher), part.From, part.Until, part.Share))]))];
        return TeachersOfRecordView.Of(await workflow.CorrectAsync(me.Actor, id, learner, lines, body.Reason, Seen(body.Sha256), idempotency.For(me.Actor), cancellationToken));
    }

    private static async Task<TeachersOfRecordView> SignAsync(string id, RosterSignOffRequest body, CurrentActor me, TeachersWorkflow workflow, CancellationToken cancellationToken) =>
        TeachersOfRecordView.Of(await workflow.SignAsync(me.Actor, id, Seen(body.Sha256), cancellationToken));

    private static Sha256Digest Seen(string hex) => Sha256Digest.TryParse(hex, out var digest) ? digest : throw Refused.Invalid("teachers-of-record.digest", "A SHA-256 digest has 64 hexadecimal digits.");
}
