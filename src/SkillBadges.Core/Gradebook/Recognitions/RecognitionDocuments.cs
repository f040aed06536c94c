using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>A credential as it was brought, kept to be checked again; personal, and gone when the recognition ends.</summary>
public sealed record BroughtText(RecognitionId Recognition, string Text);

/// <summary>An id of a learner outside, which the learner proved to hold. It belongs to one person.</summary>
public sealed record LearnerDid(string Did, PersonId Learner, DateTimeOffset ProvenAt);

public static class RecognitionDocuments
{
    /// <summary>A credential counts once at a school.</summary>
    public static readonly AccessPath<RecognitionCase> Counting =
        new AccessPath<RecognitionCase>("counting").Equal("school", c => c.Counts ? c.School.Value : null).Equal("source", c => c.Source.Key).Unique();

    /// <summary>A learner's credential waits once at a school.</summary>
    public static readonly AccessPath<RecognitionCase> Open = new AccessPath<RecognitionCase>("open")
        .Equal("school", c => c.IsOpen ? c.School.Value : null).Equal("learner", c => c.Learner.Value).Equal("source", c => c.Source.Key).Unique();

    public static readonly AccessPath<RecognitionCase> ByLearner = new AccessPath<RecognitionCase>("learner").Equal("learner", c => c.Learner.Value).OrderBy("brought", c => c.BroughtAt);

    public static readonly AccessPath<RecognitionCase> BySchool =
        new AccessPath<RecognitionCase>("school").Equal("school", c => c.School.Value).Equal("state", c => c.State.ToString()).OrderBy("brought", c => c.BroughtAt);

    public static readonly AccessPath<RecognitionCase> BySource = new AccessPath<RecognitionCase>("source").Equal("source", c => c.Source.Key).OrderBy("brought", c => c.BroughtAt);

    public static readonly AccessPath<RecognitionCase> DueRecheck = new AccessPath<RecognitionCase>("recheck").OrderBy("recheck", c => c.Counts ? c.RecheckAt : null);

    public static readonly DocumentKind<RecognitionCase> Kind = new("recognition", c => c.Id.Value) { Paths = [Counting, Open, ByLearner, BySchool, BySource, DueRecheck] };

    public static readonly DocumentKind<BroughtText> Texts = new("recognition_text", t => t.Recognition.Value);

    /// <summary>Outbox topic; the subject is a person whose recognitions are to be looked at again. Handled by <see cref="RecognitionFollowing.LookAgainAsync"/>.</summary>
    public const string Topic = "recognitions.look-again";

    public static OutboxMessage LookAgain(PersonId learner, DateTimeOffset now) => new(NewId.Ordered(now), Topic, learner.Value, now);

    /// <summary>By the SHA-256 of the id, which may be long.</summary>
    public static readonly DocumentKind<LearnerDid> Dids = new("learner_did", d => IdOf(d.Did));

    public static string IdOf(string did) => Sha256Digest.Of(System.Text.Encoding.UTF8.GetBytes(did)).Hex;

    /// <summary>Whose the id in a badge is at a school, where the badge's issuer said so by letting the record go; null where it never did.</summary>
    public static async Task<Read<AnsweredSubject>?> AnsweredAsync(this IDocumentStore store, OrganizationId school, Brought brought, CancellationToken cancellationToken) =>
        brought is { Badge.Issuer: { } issuer, Subject: { Length: <= AnsweredSubject.MaxSubjectLength } subject }
            ? await store.FindAsync(AnsweredSubjectDocuments.Kind, AnsweredSubjectDocuments.IdOf(school, issuer, subject), cancellationToken)
            : null;
}
