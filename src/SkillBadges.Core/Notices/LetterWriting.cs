using System.Text.Json;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Notices;

/// <summary>Puts letters into commits, and opens them when they go out.</summary>
public sealed class LetterWriting(KeyEncryptionKey keyEncryption, InstanceAddress address)
{
    /// <summary>Outbox topic; the subject is the letter's id.</summary>
    public const string Topic = "letters.send";

    /// <summary>A letter that goes out when and only when the commit holds.</summary>
    /// <param name="changes">The commit.</param>
    /// <param name="to">Whom.</param>
    /// <param name="kind">Which words.</param>
    /// <param name="filling">The link, code or sentences that the words leave room for.</param>
    /// <param name="at">When.</param>
    /// <returns>The letter's id.</returns>
    public string Write(Changes changes, Destination to, LetterKind kind, string filling, DateTimeOffset at)
    {
        var letter = new Letter(NewId.Ordered(at), kind, to.Channel, at);
        var content = JsonSerializer.SerializeToUtf8Bytes(LetterWords.Compose(kind, to, filling), DocumentJson.Options);
        changes.Add(LetterDocuments.Kind, letter with { SealedContent = keyEncryption.Seal(content, letter.Purpose) }).Send(new(NewId.Ordered(at), Topic, letter.Id, at));
        return letter.Id;
    }

    /// <summary>As <see cref="Write"/>, of a page of ours.</summary>
    /// <param name="path">Begins with a slash; holds ids and secrets only.</param>
    public string WriteLink(Changes changes, Destination to, LetterKind kind, string path, DateTimeOffset at) => Write(changes, to, kind, Link(path), at);

    public string Link(string path) => address.Link(path);

    /// <summary>What a waiting letter says.</summary>
    public LetterContent Open(Letter letter) =>
        JsonSerializer.Deserialize<LetterContent>(keyEncryption.Open(letter.SealedContent ?? throw new InvalidOperationException("The letter does not wait."), letter.Purpose), DocumentJson.Options)!;
}
