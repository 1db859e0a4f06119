using Bitrix24.Gen.Specs;

namespace Bitrix24.Gen.Generator.Model;

/// <summary>An event of a selected area.</summary>
/// <param name="Spec">The event.</param>
/// <param name="Name">Its record.</param>
/// <param name="Constant">Its code among the constants of the area's events.</param>
/// <param name="Scope">The scope that binding it needs.</param>
/// <param name="Base">What its record derives from, which holds its data.</param>
/// <param name="Used">False: no code of the project uses it; it has a constant only.</param>
internal sealed record EventModel(EventSpec Spec, string Name, string Constant, string? Scope, string Base, bool Used);

/// <summary>A parameter of a placement's code.</summary>
/// <param name="Name">As the code has it.</param>
/// <param name="Property">The record's property.</param>
internal sealed record PlacementParameter(string Name, string Property);

/// <summary>A placement of a selected area.</summary>
/// <param name="Spec">The placement.</param>
/// <param name="Name">Its record.</param>
/// <param name="Scope">The scope that registering it needs.</param>
/// <param name="Options">The type of its options; null: any.</param>
/// <param name="Parameters">The parameters of its code.</param>
/// <param name="Used">False: no code of the project uses it; it has a constant only.</param>
internal sealed record PlacementModel(PlacementSpec Spec, string Name, string? Scope, string? Options, EquatableArray<PlacementParameter> Parameters, bool Used);

/// <summary>A callback of a selected area.</summary>
/// <param name="Spec">The callback.</param>
/// <param name="Request">The name of the record of what the portal sends.</param>
/// <param name="Answer">What is answered; null: anything.</param>
internal sealed record CallbackModel(CallbackSpec Spec, string Request, AnswerModel? Answer)
{
    /// <summary>The member that has the descriptor of the answer. Lower case, as no type of a spec begins.</summary>
    public string AnswerDescriptor => "answerTo" + Request;
}

/// <summary>The answer to a callback.</summary>
/// <param name="Value">What it is.</param>
/// <param name="Descriptor">Its envelope, of one field.</param>
internal sealed record AnswerModel(ValueModel Value, DescriptorModel Descriptor);

/// <summary>What portals send, of a file.</summary>
internal sealed record IncomingModel
{
    /// <summary>The class of the events' codes.</summary>
    public required string EventCodes { get; init; }

    /// <summary>The class of the placements' codes.</summary>
    public required string PlacementCodes { get; init; }

    public EquatableArray<EventModel> Events { get; init; }

    public EquatableArray<PlacementModel> Placements { get; init; }

    public EquatableArray<CallbackModel> Callbacks { get; init; }
}
