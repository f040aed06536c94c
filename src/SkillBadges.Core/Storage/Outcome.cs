namespace SkillBadges.Core.Storage;

/// <summary>What a workflow's find and apply came to: the changes to commit, and the answer if they hold.</summary>
/// <param name="ResultId">By which a repetition of the request reads the answer again.</param>
public sealed record Outcome<T>(Changes Changes, T Result, string ResultId);

/// <summary>The two ends that most workflows have.</summary>
public static class Outcome
{
    /// <summary>One more document, which is the answer.</summary>
    public static Outcome<Read<T>> Adding<T>(this Changes changes, DocumentKind<T> kind, T document)
        where T : class
    {
        var id = kind.IdOf(document);
        return new(changes.Add(kind, document), new(document, id, 1), id);
    }

    /// <summary>The document as the rule left it, which is the answer. A rule that answers with what it was given has changed nothing, and nothing is written.</summary>
    public static Outcome<Read<T>> Replacing<T>(this Changes changes, DocumentKind<T> kind, Read<T> read, T next)
        where T : class =>
        ReferenceEquals(read.Document, next) ? new(changes, read, read.Id) : new(changes.Replace(kind, read, next), read.Became(next), read.Id);
}
