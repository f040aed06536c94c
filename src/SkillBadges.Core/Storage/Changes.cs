namespace SkillBadges.Core.Storage;

/// <summary>What one change does to its document.</summary>
public enum ChangeType
{
    Add,
    Replace,
    Remove,

    /// <summary>Writes nothing, but the document must still be at the version read.</summary>
    Require,
}

/// <summary>One change; <see cref="ReadVersion"/> is 0 for an add.</summary>
public sealed record Change(ChangeType Type, DocumentKind Kind, string Id, long ReadVersion, object? Document)
{
    /// <summary>For a document that moves in from another store: it keeps its version and the bytes of its body.</summary>
    public StoredDocument? AsStored { get; init; }

    /// <summary>The bytes of the body to be written.</summary>
    public byte[] Body => StoredBody.Pack(AsStored?.Json ?? Kind.Write(Document!));

    /// <summary>The shape of <see cref="Body"/>.</summary>
    public int BodyVersion => AsStored?.BodyVersion ?? Kind.BodyVersion;
}

/// <summary>
/// Everything that one commit does, all or nothing, messages included. Removals come first, then replacements in their
/// order, then additions, so that a value which may occur once can be freed and taken again in one commit.
/// </summary>
public sealed class Changes
{
    private readonly List<Change> documents = [];
    private readonly Dictionary<(DocumentKind, string), int> places = [];
    private readonly List<OutboxMessage> messages = [];

    public IReadOnlyList<Change> Documents => documents;

    public IReadOnlyList<OutboxMessage> Messages => messages;

    public bool IsEmpty => documents.Count + messages.Count == 0;

    public Changes Add<T>(DocumentKind<T> kind, T document)
        where T : class =>
        Append(new(ChangeType.Add, kind, kind.IdOf(document), 0, document));

    /// <summary>A document of another store, as it lay there.</summary>
    /// <exception cref="ArgumentException">The body is of another id.</exception>
    public Changes AddStored(DocumentKind kind, StoredDocument stored)
    {
        var document = kind.Read(stored.Json, stored.BodyVersion);
        return kind.IdOf(document) == stored.Id
            ? Append(new(ChangeType.Add, kind, stored.Id, 0, document) { AsStored = stored })
            : throw new ArgumentException("The document has another id than the one it is stored under.", nameof(stored));
    }

    public Changes Replace<T>(DocumentKind<T> kind, Read<T> read, T document)
        where T : class =>
        kind.IdOf(document) == read.Id
            ? Append(new(ChangeType.Replace, kind, read.Id, read.Version, document))
            : throw new ArgumentException("A document keeps its id.", nameof(document));

    public Changes Remove<T>(DocumentKind<T> kind, Read<T> read)
        where T : class =>
        Append(new(ChangeType.Remove, kind, read.Id, read.Version, null));

    /// <summary>The document is not written, but the commit fails when it changed since it was read: a condition checked at commit.</summary>
    public Changes Require<T>(DocumentKind<T> kind, Read<T> read)
        where T : class =>
        places.TryGetValue((kind, read.Id), out var place) && documents[place].ReadVersion == read.Version
            ? this
            : Append(new(ChangeType.Require, kind, read.Id, read.Version, null));

    /// <summary>Work for later, delivered at least once when and only when this commit holds.</summary>
    public Changes Send(OutboxMessage message)
    {
        messages.Add(message);
        return this;
    }

    /// <summary>All that other changes do as well.</summary>
    public Changes Join(Changes others)
    {
        foreach (var change in others.documents)
        {
            if (change.Type != ChangeType.Require || !places.TryGetValue((change.Kind, change.Id), out var place) || documents[place].ReadVersion != change.ReadVersion)
            {
                Append(change);
            }
        }

        messages.AddRange(others.messages);
        return this;
    }

    /// <summary>Of messages that say the same of the same and are due in the same second, the last: whoever handles it reads the state anew.</summary>
    public Changes WithMessagesOnce()
    {
        var last = messages.GroupBy(message => (message.Topic, message.Subject, Second: message.NotBefore.ToUnixTimeSeconds())).Select(group => group.MaxBy(message => message.NotBefore)!).ToList();
        messages.Clear();
        messages.AddRange(last);
        return this;
    }

    private Changes Append(Change change)
    {
        if (places.TryGetValue((change.Kind, change.Id), out var place))
        {
            if (documents[place].Type != ChangeType.Require || documents[place].ReadVersion != change.ReadVersion)
            {
                throw new InvalidOperationException($"One commit changes {change.Kind.Name} {change.Id} twice.");
            }

            // Writing it at the version read demands what the requirement did.
            documents[place] = change;
            return this;
        }

        places.Add((change.Kind, change.Id), documents.Count);
        documents.Add(change);
        return this;
    }
}
