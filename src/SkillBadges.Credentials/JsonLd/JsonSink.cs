using System.Text;
using System.Text.Json;
using SkillBadges.Credentials.Json;

namespace SkillBadges.Credentials.JsonLd;

/// <summary>Collects expanded objects, whose parts come in any order, and then writes them as expanded JSON-LD.</summary>
internal readonly struct JsonSink : IExpansionSink
{
    private readonly List<Expanded> all = [];

    public JsonSink()
    {
    }

    public int Node(scoped ReadOnlySpan<byte> id) => New(new Expanded { Id = id.ToArray() });

    public int AnonymousNode() => New(new Expanded());

    public int NullNode() => New(new Expanded { IsNull = true });

    public int OpenGraph(int node) => 0;

    public void CloseGraph(int node, scoped ReadOnlySpan<Item> items, int opened) => all[node].Graph = Handles(items);

    public int List(scoped ReadOnlySpan<Item> items) => New(new Expanded { List = Handles(items) });

    public int Value(scoped in ValueParts value) => New(new Expanded
    {
        Tape = value.Tape,
        Token = value.Token,
        Datatype = value.IsJson ? "@json"u8.ToArray() : value.Datatype.IsEmpty ? null : value.Datatype.ToArray(),
        Language = value.Language.IsEmpty ? null : value.Language.ToArray(),
        Direction = value.Direction,
    });

    public bool Type(int node, scoped ExpandedIri type)
    {
        if (!type.IsNull)
        {
            all[node].Types.Add(type.Text.ToArray());
        }

        return !type.IsNull && (IriReference.HasForm(type.Text) || type.IsBlankNode);
    }

    public bool Property(int node, TermDefinition property, int value)
    {
        Entry(all[node].Properties, property.Iri!).Add(value);
        return true;
    }

    public bool Reverse(int node, TermDefinition property, int value)
    {
        Entry(all[node].Reverse, property.Iri!).Add(value);
        return true;
    }

    public void Touch(int node, TermDefinition property, bool reverse) =>
        Entry(reverse ? all[node].Reverse : all[node].Properties, property.Iri!);

    public void Included(int node, int included) => all[node].Included.Add(included);

    public void Index(int item, scoped ReadOnlySpan<byte> index) => all[item].Index ??= index.ToArray();

    public void Write(IEnumerable<Item> topLevel, Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var item in topLevel)
        {
            Write(all[item.Handle], writer);
        }

        writer.WriteEndArray();
    }

    private void Write(Expanded item, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteString(writer, "@id"u8, item.Id);
        if (item.IsNull)
        {
            writer.WriteNull("@id"u8);
        }

        WriteString(writer, "@index"u8, item.Index);
        if (item.Tape is { } tape)
        {
            WriteString(writer, "@type"u8, item.Datatype);
            WriteString(writer, "@language"u8, item.Language);
            if (item.Direction is TextDirection.LeftToRight or TextDirection.RightToLeft)
            {
                writer.WriteString("@direction"u8, item.Direction == TextDirection.LeftToRight ? "ltr"u8 : "rtl"u8);
            }

            writer.WritePropertyName("@value"u8);
            tape.WriteJson(item.Token, writer);
        }

        if (item.Types.Count > 0)
        {
            writer.WriteStartArray("@type"u8);
            item.Types.ForEach(type => writer.WriteStringValue(type));
            writer.WriteEndArray();
        }

        WriteArray(writer, "@list"u8, item.List);
        WriteArray(writer, "@graph"u8, item.Graph);
        WriteArray(writer, "@included"u8, item.Included.Count > 0 ? item.Included : null);
        foreach (var (property, values) in item.Properties)
        {
            WriteArray(writer, Encoding.UTF8.GetBytes(property), values);
        }

        if (item.Reverse.Count > 0)
        {
            writer.WriteStartObject("@reverse"u8);
            foreach (var (property, values) in item.Reverse)
            {
                WriteArray(writer, Encoding.UTF8.GetBytes(property), values);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteArray(Utf8JsonWriter writer, ReadOnlySpan<byte> name, List<int>? handles)
    {
        if (handles is null)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var handle in handles)
        {
            Write(all[handle], writer);
        }

        writer.WriteEndArray();
    }

    private static void WriteString(Utf8JsonWriter writer, ReadOnlySpan<byte> name, byte[]? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private int New(Expanded item)
    {
        all.Add(item);
        return all.Count - 1;
    }

    private static List<int> Handles(ReadOnlySpan<Item> items)
    {
        var handles = new List<int>(items.Length);
        foreach (var item in items)
        {
            handles.Add(item.Handle);
        }

        return handles;
    }

    private static List<int> Entry(Dictionary<string, List<int>> entries, byte[] property)
    {
        var name = Encoding.UTF8.GetString(property);
        if (!entries.TryGetValue(name, out var values))
        {
            entries[name] = values = [];
        }

        return values;
    }

    private sealed class Expanded
    {
        public byte[]? Id { get; init; }

        public bool IsNull { get; init; }

        public byte[]? Index { get; set; }

        public List<byte[]> Types { get; } = [];

        public Dictionary<string, List<int>> Properties { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, List<int>> Reverse { get; } = new(StringComparer.Ordinal);

        public List<int> Included { get; } = [];

        public List<int>? Graph { get; set; }

        public List<int>? List { get; init; }

        public TokenTape? Tape { get; init; }

        public int Token { get; init; }

        public byte[]? Datatype { get; init; }

        public byte[]? Language { get; init; }

        public TextDirection Direction { get; init; }
    }
}
